package dev.eventbus.spi;

import java.util.concurrent.CompletionStage;

/** One member's part in a group. */
public interface Membership {

  /**
   * Wants no further lanes: from now on the member counts as absent when lanes are shared out. Those
   * that it owns are kept until they are released. Does not block.
   */
  void retire();

  /**
   * Leaves the group; the engine has released every lane that it can. A lane that it has not
   * released is not handed over: it passes on when its lease ends. Does not block; the stage
   * completes when the observer will not be called again.
   */
  CompletionStage<Void> leave();
}
