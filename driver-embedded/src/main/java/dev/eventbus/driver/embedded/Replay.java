package dev.eventbus.driver.embedded;

import dev.eventbus.DriverException;
import dev.eventbus.StartAt;
import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;

/** Moves a group that no member lives of (S7), in one transaction. */
final class Replay implements WriteOp {

  private final String topic;
  private final String group;
  private final StartAt to;
  private final MemberLocks locks;
  private final CompletableFuture<Void> moved = new CompletableFuture<>();

  Replay(String topic, String group, StartAt to, MemberLocks locks) {
    this.topic = topic;
    this.group = group;
    this.to = to;
    this.locks = locks;
  }

  /** Done when it is committed; cancelled by a caller that no longer waits. */
  CompletableFuture<Void> moved() {
    return moved;
  }

  @Override
  public void apply(Tables tables) throws SQLException, StoreException {
    if (moved.isDone()) {
      return;
    }
    ReplayTable table = tables.replays();
    long id = table.find(topic, group);
    if (id == 0) {
      throw Texts.noGroup(topic, group);
    }
    for (ReplayTable.Seen member : table.members(id)) {
      if (lives(member)) {
        throw new DriverException(
            EmbeddedError.GROUP_IN_USE,
            "Group %s of topic %s has a member that lives, or whose lease has not ended: stop all members, then replay."
                .formatted(group, topic));
      }
    }
    for (ReplayTable.Seen member : table.members(id)) {
      tables.groups().bury(id, member.id());
    }
    table.move(id, to);
    // ids of dead letters are dlq:topic:group:lane:position, and ';' comes after ':'
    String ids = "dlq:" + topic + ":" + group;
    table.forgetLetters(ids + ":", ids + ";");
  }

  /** One whose process is gone is dead at once, whoever will find it; one that has left is not. */
  private boolean lives(ReplayTable.Seen member) throws StoreException {
    try {
      return !member.locked() || locks.isHeld(member.id());
    } catch (IOException failure) {
      throw Texts.memberLocks(failure);
    }
  }

  @Override
  public void committed() {
    moved.complete(null);
  }

  @Override
  public void failed(Exception cause) {
    moved.completeExceptionally(cause);
  }
}
