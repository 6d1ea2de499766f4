package dev.eventbus.driver.embedded;

import dev.eventbus.spi.MonotonicClock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The members of this driver, and what they see of the others: who lives, who owns what, and what is
 * there to read. Used by the reading loop alone.
 */
final class Memberships {

  /** Beyond it we were stopped, or the write lock was stuck: still beats of others mean nothing. */
  private static final long PAUSE = TimeUnit.SECONDS.toNanos(1);

  private final ReadTable table;
  private final DeathWatch watch;
  private final Signals signals;
  private final MonotonicClock clock;

  private final List<GroupMember> members = new ArrayList<>();
  private final List<Runnable> later = new ArrayList<>();
  private final Set<Long> burying = new HashSet<>();
  private long version = -1;
  private long lastTick;

  Memberships(ReadTable table, DeathWatch watch, Signals signals, MonotonicClock clock) {
    this.table = table;
    this.watch = watch;
    this.signals = signals;
    this.clock = clock;
    this.lastTick = clock.nanos();
  }

  List<GroupMember> members() {
    return members;
  }

  void add(GroupMember member, List<Grant> grants) {
    members.add(member);
    tellReaders();
    member.granted(member.seat(), grants);
  }

  void remove(GroupMember member) {
    members.remove(member);
    tellReaders();
  }

  private void tellReaders() {
    signals.readers(members.stream()
        .map(member -> member.topic().id())
        .collect(Collectors.toUnmodifiableSet()));
  }

  /** Runs it with the next tick. */
  void later(Runnable task) {
    later.add(task);
  }

  /** Looks at everything that only time or other processes change. */
  void tick(Keeper keeper) throws StoreException, IOException {
    long now = clock.nanos();
    if (now - lastTick > PAUSE || keeper.busyNanos(now) > PAUSE) {
      watch.restart(now);
    }
    lastTick = now;
    for (GroupMember member : List.copyOf(members)) {
      member.checkLease(now);
    }
    for (Runnable task : List.copyOf(later)) {
      task.run();
      later.remove(task);
    }
    long found = table.version();
    if (found != version) {
      version = found;
      reload();
      for (GroupMember member : List.copyOf(members)) {
        refresh(member.topic());
      }
    }
    bury(keeper, now);
  }

  private void bury(Keeper keeper, long now) throws IOException {
    for (MemberRow dead : watch.dead(now)) {
      if (burying.add(dead.id())) {
        keeper.submit(new Bury(dead, signals, () -> burying.remove(dead.id())));
      }
    }
  }

  /** Looks who is there and who owns what, and shares the lanes evenly. */
  void reload() throws StoreException {
    List<MemberRow> all = table.members();
    signals.peers(Peers.of(all, signals.port()));
    watch.observe(others(all), clock.nanos());
    for (GroupMember member : List.copyOf(members)) {
      balance(member, all);
    }
  }

  private List<MemberRow> others(List<MemberRow> all) {
    var own = new HashSet<Long>();
    members.forEach(member -> own.add(member.seat().member()));
    return all.stream().filter(row -> !own.contains(row.id())).toList();
  }

  private void balance(GroupMember member, List<MemberRow> all) throws StoreException {
    List<Long> sharing = all.stream()
        .filter(row -> row.group() == member.group() && row.sharing())
        .map(MemberRow::id)
        .toList();
    Balance balance = Balance.of(
        member.seat().member(),
        sharing,
        table.owners(member.group()),
        member.lanes().kept().size());
    if (balance.claims()) {
      member.claim();
    }
    member.revoke(balance.gives());
  }

  /** Looks how far the lanes of a topic reach. */
  void refresh(TopicRow topic) throws StoreException {
    refresh(topic.id());
  }

  void refresh(long topic) throws StoreException {
    List<GroupMember> readers =
        members.stream().filter(member -> member.topic().id() == topic).toList();
    if (readers.isEmpty()) {
      return;
    }
    Map<Long, Long> heads = table.heads(topic);
    for (GroupMember member : readers) {
      if (heads.isEmpty()) {
        member.fail(Texts.topicGone(member.topic().name()));
      }
      for (OwnedLane lane : member.lanes().all()) {
        lane.head(heads.getOrDefault(lane.key().lane(), 0L));
      }
    }
  }
}
