package dev.eventbus.engine;

import dev.eventbus.spi.LaneLostException;
import dev.eventbus.spi.Progress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A broker that keeps the SPI's invariants and is otherwise as unkind as a seed makes it: slow
 * answers, commits that fail before or after they were applied, leases that end while a member is
 * stopped, lanes that are taken away.
 */
final class ModelBroker {

  private static final long MILLI = 1_000_000;

  private final VirtualTime time;
  private final ModelPlan plan;
  private final Map<String, ModelLog[]> topics = new LinkedHashMap<>();
  private final Map<ModelMember, Long> lastSent = new HashMap<>();
  private final List<ModelMember> members = new ArrayList<>();
  private final ModelLane[] lanes;
  private long awayUntil;

  ModelBroker(VirtualTime time, ModelPlan plan, String topic) {
    this.time = time;
    this.plan = plan;
    this.lanes = new ModelLane[plan.lanes()];
    ModelLog[] logs = logs(topic);
    for (int i = 0; i < lanes.length; i++) {
      lanes[i] = new ModelLane(i, logs[i], plan.memory());
    }
  }

  VirtualTime time() {
    return time;
  }

  ModelPlan plan() {
    return plan;
  }

  ModelLog[] logs(String topic) {
    return topics.computeIfAbsent(topic, unused -> {
      var logs = new ModelLog[plan.lanes()];
      for (int i = 0; i < logs.length; i++) {
        logs[i] = new ModelLog();
      }
      return logs;
    });
  }

  boolean isDrained() {
    for (ModelLane lane : lanes) {
      if (!lane.isDrained()) {
        return false;
      }
    }
    return true;
  }

  void goAway(long nanos) {
    awayUntil = time.nanos() + nanos;
  }

  boolean isAway() {
    return time.nanos() < awayUntil;
  }

  // ---- messages

  private long latency() {
    return time.between(50_000, plan.maxLatencyNanos());
  }

  void later(Runnable work) {
    time.in(latency(), null, work);
  }

  void sendToBroker(VirtualProcess from, Runnable message) {
    if (from.isAlive()) {
      time.in(latency(), null, message);
    }
  }

  /** Messages to one member arrive in the order of their sending. */
  void sendToMember(ModelMember member, Runnable message) {
    long at = Math.max(lastSent.getOrDefault(member, 0L) + 1, time.nanos() + latency());
    lastSent.put(member, at);
    time.at(at, member.process, message);
  }

  // ---- members

  ModelMember join(VirtualProcess process, dev.eventbus.spi.LaneObserver observer, long lease) {
    var member = new ModelMember(process, observer, lease, time.nanos());
    members.add(member);
    beat(member);
    watch(member);
    later(this::rebalance);
    return member;
  }

  void leave(ModelMember member) {
    member.left = true;
    members.remove(member);
    abandon(member, "left");
    rebalance();
  }

  /** The member's own thread renews the lease a few times in its length. */
  private void beat(ModelMember member) {
    if (member.left) {
      return;
    }
    long sent = time.nanos();
    if (!isAway()) {
      sendToBroker(member.process, () -> {
        if (isAway()) {
          return;
        }
        if (members.contains(member)) {
          member.heard = time.nanos();
          sendToMember(member, () -> member.surely = Math.max(member.surely, sent));
        } else if (!member.left) {
          // its lanes went to others while it was silent; it takes part anew
          member.heard = time.nanos();
          members.add(member);
          watch(member);
          sendToMember(member, () -> member.surely = Math.max(member.surely, sent));
          rebalance();
        }
      });
    }
    member.process.in(member.leaseNanos / 4, () -> beat(member));
  }

  private void watch(ModelMember member) {
    time.in(member.leaseNanos / 8, null, () -> {
      if (member.left || !members.contains(member)) {
        return;
      }
      boolean knownDead = !member.process.isAlive() && plan.noticesDeath();
      // a broker that was away gives everyone a lease from its return
      long silentSince = Math.max(member.heard, awayUntil);
      if (knownDead || time.nanos() - silentSince > member.leaseNanos) {
        members.remove(member);
        abandon(member, "the lease ended");
        rebalance();
      } else {
        watch(member);
      }
    });
  }

  private void abandon(ModelMember member, String why) {
    for (ModelOwnership ownership : List.copyOf(member.owned)) {
      take(ownership, why);
    }
  }

  private void take(ModelOwnership ownership, String why) {
    ownership.member.owned.remove(ownership);
    if (ownership.lane.owner == ownership.member) {
      ownership.lane.owner = null;
    }
    sendToMember(ownership.member, () -> {
      if (!ownership.over) {
        ownership.over = true;
        ownership.member.observer.lost(ownership, why);
      }
    });
  }

  /** Gives free lanes to those with least, and asks those with too many to give some back. */
  void rebalance() {
    List<ModelMember> willing =
        members.stream().filter(member -> !member.retired).toList();
    if (willing.isEmpty()) {
      return;
    }
    for (ModelLane lane : lanes) {
      if (lane.owner == null) {
        grant(lane, least(willing));
      }
    }
    int fair = (lanes.length + willing.size() - 1) / willing.size();
    for (ModelMember member : willing) {
      long staying = member.owned.stream().filter(one -> !one.revoking).count();
      for (ModelOwnership ownership : List.copyOf(member.owned)) {
        if (staying > fair && !ownership.revoking) {
          revoke(ownership);
          staying--;
        }
      }
    }
  }

  void revokeOne() {
    for (ModelMember member : members) {
      for (ModelOwnership ownership : member.owned) {
        if (!ownership.revoking) {
          revoke(ownership);
          return;
        }
      }
    }
  }

  private void revoke(ModelOwnership ownership) {
    ownership.revoking = true;
    sendToMember(ownership.member, () -> {
      if (!ownership.over) {
        ownership.member.observer.revoking(ownership);
      }
    });
  }

  private static ModelMember least(List<ModelMember> members) {
    ModelMember best = members.get(0);
    for (ModelMember member : members) {
      if (member.owned.size() < best.owned.size()) {
        best = member;
      }
    }
    return best;
  }

  private void grant(ModelLane lane, ModelMember member) {
    var start = lane.start();
    var ownership = new ModelOwnership(this, lane, member);
    member.owned.add(ownership);
    sendToMember(member, () -> {
      if (!ownership.over) {
        member.observer.granted(ownership, start);
      }
    });
  }

  void stored() {
    for (ModelMember member : members) {
      member.owned.forEach(ModelOwnership::deliver);
    }
  }

  // ---- commits

  void commit(ModelOwnership by, Progress progress, CompletableFuture<Void> done) {
    if (by.over) {
      done.completeExceptionally(new LaneLostException("lost before"));
      return;
    }
    long extra = time.chance(plan.slowCommits()) ? time.between(0, 400 * MILLI) : 0;
    boolean lostBefore = isAway() || time.chance(plan.lostCommits());
    boolean lostAfter = time.chance(plan.lostCommits());
    time.in(latency() + extra, null, () -> {
      if (!by.member.process.isAlive() && time.chance(0.5)) {
        return;
      }
      @Nullable Boolean applied = lostBefore ? null : (Boolean) by.apply(progress);
      sendToMember(by.member, () -> {
        if (applied == null || (applied && lostAfter)) {
          done.completeExceptionally(new IllegalStateException("no answer"));
        } else if (applied) {
          done.complete(null);
        } else {
          done.completeExceptionally(new LaneLostException("fenced"));
        }
      });
    });
  }
}
