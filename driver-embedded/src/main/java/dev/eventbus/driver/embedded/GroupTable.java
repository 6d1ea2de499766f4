package dev.eventbus.driver.embedded;

import dev.eventbus.spi.JoinRequest;
import dev.eventbus.spi.JoinRequest.GroupKind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;

/** Groups and their members, within a transaction of the keeper. */
final class GroupTable {

  private final TopicTable topics;
  private final Prepared find;
  private final Prepared create;
  private final Prepared createOwn;
  private final Prepared drop;
  private final Prepared dropOwn;
  private final Prepared isEphemeral;
  private final Prepared addMember;
  private final Prepared beat;
  private final Prepared beatOf;
  private final Prepared unlock;
  private final Prepared retire;
  private final Prepared removeMember;
  private final Prepared freeLanes;
  private final Prepared lanesOf;

  GroupTable(WriteSession session, TopicTable topics) throws StoreException {
    this.topics = topics;
    find = session.prepare("SELECT id FROM grp WHERE topic = ? AND name = ?");
    create =
        session.prepare("INSERT INTO grp(topic, name, ephemeral) VALUES (?, ?, ?) RETURNING id");
    createOwn = session.prepare(
        "INSERT INTO own(grp, lane, epoch, floor, ahead, state) VALUES (?, ?, ?, ?, ?, ?)");
    drop = session.prepare("DELETE FROM grp WHERE id = ?");
    dropOwn = session.prepare("DELETE FROM own WHERE grp = ?");
    isEphemeral = session.prepare("SELECT ephemeral FROM grp WHERE id = ?");
    addMember = session.prepare(
        "INSERT INTO member(grp, pid, port, lease) VALUES (?, ?, ?, ?) RETURNING id");
    beat = session.prepare("UPDATE member SET beat = beat + 1 WHERE id = ?");
    beatOf = session.prepare("SELECT beat FROM member WHERE id = ?");
    unlock =
        session.prepare("UPDATE member SET locked = 0, sharing = 0, beat = beat + 1 WHERE id = ?");
    retire = session.prepare("UPDATE member SET sharing = 0 WHERE id = ?");
    removeMember = session.prepare("DELETE FROM member WHERE id = ?");
    freeLanes = session.prepare("UPDATE own SET owner = 0 WHERE grp = ? AND owner = ?");
    lanesOf = session.prepare("SELECT count(*) FROM own WHERE grp = ? AND owner = ?");
  }

  /** The group, created at its start when it does not exist. */
  long open(TopicRow topic, JoinRequest request) throws SQLException {
    return open(topic, request, Map.of());
  }

  /** The group, created where its only member knows its lanes to be when it was removed. */
  long open(TopicRow topic, JoinRequest request, Map<Long, OwnedLane> known) throws SQLException {
    find.setLong(1, topic.id());
    find.setString(2, request.group());
    long existing = find.single();
    if (existing != 0) {
      return existing;
    }
    create.setLong(1, topic.id());
    create.setString(2, request.group());
    create.setInt(3, request.kind() == GroupKind.EPHEMERAL ? 1 : 0);
    long group = create.single();
    for (long lane : topic.lanes()) {
      OwnedLane last = known.get(lane);
      if (last == null) {
        createOwn(
            group, lane, 0, new OwnedLane.Saved(topics.floorAt(lane, request.start()), 0, ""));
      } else {
        createOwn(group, lane, last.fence(), last.saved());
      }
    }
    return group;
  }

  private void createOwn(long group, long lane, long epoch, OwnedLane.Saved saved)
      throws SQLException {
    createOwn.setLong(1, group);
    createOwn.setLong(2, lane);
    createOwn.setLong(3, epoch);
    createOwn.setLong(4, saved.floor());
    createOwn.setInt(5, saved.ahead());
    createOwn.setString(6, saved.record());
    createOwn.executeUpdate();
  }

  /** The id of a new member; not visible to others before the commit. */
  long addMember(long group, int port, long leaseMillis) throws SQLException {
    addMember.setLong(1, group);
    addMember.setLong(2, ProcessHandle.current().pid());
    addMember.setInt(3, port);
    addMember.setLong(4, leaseMillis);
    return addMember.single();
  }

  /** Says that the member lives; false if it has been removed. */
  boolean beat(long member) throws SQLException {
    beat.setLong(1, member);
    return beat.executeUpdate() > 0;
  }

  /** The member's beat; -1 if it has been removed. */
  long beatOf(long member) throws SQLException {
    beatOf.setLong(1, member);
    try (ResultSet result = beatOf.executeQuery()) {
      return result.next() ? result.getLong(1) : -1;
    }
  }

  /** The member is about to leave: its lanes are for the others. */
  void retire(long member) throws SQLException {
    retire.setLong(1, member);
    retire.executeUpdate();
  }

  /** Removes a member that is dead; its ephemeral group goes with it. */
  void bury(long group, long member) throws SQLException {
    isEphemeral.setLong(1, group);
    if (isEphemeral.single() != 0) {
      drop(group, member);
    } else {
      remove(group, member);
    }
  }

  /** Removes a member and frees its lanes. */
  void remove(long group, long member) throws SQLException {
    removeMember.setLong(1, member);
    removeMember.executeUpdate();
    freeLanes.setLong(1, group);
    freeLanes.setLong(2, member);
    freeLanes.executeUpdate();
  }

  /** Removes a group with its only member. */
  void drop(long group, long member) throws SQLException {
    removeMember.setLong(1, member);
    removeMember.executeUpdate();
    dropOwn.setLong(1, group);
    dropOwn.executeUpdate();
    drop.setLong(1, group);
    drop.executeUpdate();
  }

  /**
   * Removes a member that leaves. If it still owns lanes, they pass on when its lease ends; the beat
   * that is raised tells those who find its lock free in a moment that it was alive until now.
   */
  void leave(long group, long member) throws SQLException {
    lanesOf.setLong(1, group);
    lanesOf.setLong(2, member);
    if (lanesOf.single() == 0) {
      remove(group, member);
    } else {
      unlock.setLong(1, member);
      unlock.executeUpdate();
    }
  }
}
