package dev.eventbus.conformance.workload;

import dev.eventbus.conformance.Clause;
import dev.eventbus.conformance.ClauseFailure;
import dev.eventbus.conformance.member.MemberProcess;
import java.util.ArrayList;
import java.util.List;

/** Replaces members that died by new ones, as an operator's platform does. Used by one thread. */
public final class Supervisor implements Runnable {

  private final Workload workload;
  private final int most;
  private final List<MemberProcess> members = new ArrayList<>();
  private int wanted;
  private int started;

  /**
   * Starts the members.
   *
   * @param wanted how many shall run
   * @param most how many may be started in all, before it is clear that they all die
   */
  public Supervisor(Workload workload, int wanted, int most) {
    this.workload = workload;
    this.wanted = wanted;
    this.most = most;
    run();
  }

  /** Starts what is missing, and does not wait for it. */
  @Override
  public void run() {
    members.removeIf(member -> !member.isAlive());
    while (members.size() < wanted) {
      if (started == most) {
        throw ClauseFailure.of(Clause.R5, started + " members have died");
      }
      members.add(workload.begin("s" + ++started));
    }
  }

  /** Wants one member more from now on. */
  public void wantOneMore() {
    wanted++;
  }

  /** Lets a member go its way; another takes its place. */
  public void letGo(MemberProcess member) {
    members.remove(member);
  }

  /** Those that run. */
  public List<MemberProcess> members() {
    return List.copyOf(members);
  }
}
