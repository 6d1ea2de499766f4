package dev.eventbus.conformance.sabotage;

import dev.eventbus.Settings;
import java.util.Map;

/** A bus that breaks one promise. */
public enum Saboteur {
  /** Acks each event and handles it afterwards. */
  HANDLES_AFTER_ACK,
  /** Hands each event to the handler twice. */
  HANDS_OUT_TWICE,
  /** Hands an event that is redelivered to the handler twice. */
  HANDS_OUT_REDELIVERED_TWICE,
  /** Takes a handler's failure for success. */
  SWALLOWS_FAILURES,
  /** Acks an asynchronous handler's event when its work has begun. */
  ACKS_BEGUN_STAGES,
  /** Runs one handler at a time. */
  RUNS_ONE_AT_A_TIME,
  /** Lets every event wait for one that has failed. */
  HOLDS_ALL_BEHIND_A_FAILURE,
  /** Hands an event out again when its handler has run for a lease. */
  HANDS_OUT_AGAIN_AFTER_THE_LEASE,
  /** Has the same fence for every owner. */
  FENCE_STANDS_STILL,
  /** Says that each attempt is the first. */
  FORGETS_ATTEMPTS,
  /** Tries again without a delay. */
  RETRIES_AT_ONCE,
  /** Takes a rejection for a failure. */
  RETRIES_REJECTED,
  /** Takes a wish for another delay for a failure. */
  IGNORES_RETRY_LATER,
  /** Dead-letters what should be discarded or held. */
  IGNORES_ON_EXHAUSTED,
  /** Delivers neighbours of a key in the wrong order. */
  SWAPS_NEIGHBOURS,
  /** Delivers what another owner left in the wrong order. */
  SWAPS_WHAT_WAS_LEFT,
  /** Loses the last event of what another owner left. */
  LOSES_WHAT_WAS_LEFT,
  /** Delivers new events before what another owner left, as a broker does that redelivers late. */
  DELIVERS_NEW_BEFORE_WHAT_WAS_LEFT,
  /** Begins what another owner left with its second event, as a rotated redelivery queue does. */
  ROTATES_WHAT_WAS_LEFT,
  /** Settles events when they arrive. */
  SETTLES_ON_ARRIVAL,
  /** Says that settled events are durable, and forgets them. */
  FORGETS_SETTLES,
  /** Hands the next owner no record. */
  FORGETS_THE_RECORD,
  /** Says that settled events are durable, and forgets them, once the broker has been away. */
  FORGETS_SETTLES_ONCE_BACK,
  /** Delivers neighbours of a key in the wrong order once the broker has been away. */
  SWAPS_NEIGHBOURS_ONCE_BACK,
  /** Loses an event of each lane once the broker has been away. */
  LOSES_AN_EVENT_ONCE_BACK,
  /** Delivers nothing more once the broker has been away. */
  STANDS_STILL_ONCE_BACK,
  /** Hands events of a key over at once to a client that loses their order when it tries again. */
  PIPELINES_KEYS,
  /** Publishes an event under another name when it is tried again. */
  RENAMES_RETRIES,
  /** Gives a lane away while its handlers run. */
  GIVES_LANES_AWAY_BUSY,
  /** Does not notice that its lease has run out. */
  KEEPS_LOST_LANES,
  /** Leaves undecodable events out. */
  SKIPS_UNDECODABLE,
  /** Says that dead letters are stored, and drops them. */
  DROPS_DEAD_LETTERS,
  /** Stores something else as a dead letter. */
  CHANGES_DEAD_LETTERS,
  /** Stores each dead letter twice. */
  STORES_DEAD_LETTERS_TWICE,
  /** Holds events back for half of the time. */
  HALVES_DELAYS,
  /** Says that events which are held back are stored, and forgets them. */
  FORGETS_DELAYED,
  /** Leaves out the first event of a lane of a group that was moved. */
  SKIPS_WHAT_IS_REPLAYED;

  /** The setting that names a saboteur. */
  static final String SETTING = "KIT_SABOTEUR";

  /** The setting that names the driver below it. */
  static final String DRIVER = "KIT_SABOTAGED_DRIVER";

  /** The settings of a bus that this saboteur works in. */
  public Map<String, String> applyTo(Map<String, String> settings) {
    Settings all = Settings.of(settings);
    var changed = new java.util.HashMap<>(settings);
    changed.put(DRIVER, all.text(Settings.TYPE, ""));
    changed.put(Settings.TYPE, SabotageProvider.ID);
    changed.put(SETTING, name());
    return changed;
  }
}
