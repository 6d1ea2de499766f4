package dev.eventbus.conformance.sabotage;

import dev.eventbus.spi.Lane;
import dev.eventbus.spi.LaneEvent;
import dev.eventbus.spi.LaneObserver;
import dev.eventbus.spi.LaneStart;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Tells the engine something else than the driver said. */
final class SabotagedObserver implements LaneObserver {

  private final LaneObserver engine;
  private final Saboteur saboteur;
  private final Map<Lane, SabotagedLane> lanes = new ConcurrentHashMap<>();
  private boolean brokerWasAway;

  SabotagedObserver(LaneObserver engine, Saboteur saboteur) {
    this.engine = engine;
    this.saboteur = saboteur;
  }

  private SabotagedLane sabotaged(Lane lane) {
    SabotagedLane known = lanes.get(lane);
    if (known == null) {
      throw new IllegalStateException("lane " + lane.number() + " was never granted");
    }
    return known;
  }

  @Override
  public void granted(Lane lane, LaneStart start) {
    var sabotaged = new SabotagedLane(lane, start, saboteur);
    if (brokerWasAway) {
      sabotaged.brokerWentAway();
    }
    lanes.put(lane, sabotaged);
    engine.granted(
        sabotaged,
        saboteur == Saboteur.FORGETS_THE_RECORD
            ? new LaneStart(start.floor(), start.end(), "")
            : start);
  }

  @Override
  public void revoking(Lane lane) {
    if (saboteur == Saboteur.GIVES_LANES_AWAY_BUSY) {
      sabotaged(lane).giveAway();
    } else {
      engine.revoking(sabotaged(lane));
    }
  }

  @Override
  public void lost(Lane lane, String why) {
    if (saboteur != Saboteur.KEEPS_LOST_LANES && saboteur != Saboteur.GIVES_LANES_AWAY_BUSY) {
      engine.lost(sabotaged(lane), why);
    }
  }

  @Override
  public void arrived(Lane lane, List<LaneEvent> batch) {
    SabotagedLane sabotaged = sabotaged(lane);
    List<LaneEvent> changed = new ArrayList<>(batch);
    switch (saboteur) {
      case SWAPS_NEIGHBOURS -> Batches.swapNeighbours(changed);
      case SWAPS_WHAT_WAS_LEFT -> {
        if (sabotaged.wasOwnedBefore()) {
          Batches.swapNeighbours(changed);
        }
      }
      case LOSES_WHAT_WAS_LEFT -> {
        if (sabotaged.wasOwnedBefore() && sabotaged.isFirstBatch()) {
          changed.remove(changed.size() - 1);
        }
      }
      case DELIVERS_NEW_BEFORE_WHAT_WAS_LEFT -> {
        if (sabotaged.wasOwnedBefore() && sabotaged.isFirstBatch()) {
          Batches.rotate(changed, changed.size() / 2);
        }
      }
      case ROTATES_WHAT_WAS_LEFT -> {
        if (sabotaged.wasOwnedBefore() && sabotaged.isFirstBatch()) {
          Batches.rotate(changed, 1);
        }
      }
      case SWAPS_NEIGHBOURS_ONCE_BACK -> {
        if (brokerWasAway) {
          Batches.swapNeighbours(changed);
        }
      }
      case LOSES_AN_EVENT_ONCE_BACK -> {
        if (brokerWasAway && sabotaged.isFirstBatch()) {
          changed.remove(changed.size() - 1);
        }
      }
      case STANDS_STILL_ONCE_BACK -> {
        if (brokerWasAway) {
          return;
        }
      }
      case SKIPS_UNDECODABLE -> changed.removeIf(LaneEvent.Undecodable.class::isInstance);
      case SKIPS_WHAT_IS_REPLAYED -> {
        if (sabotaged.wasMoved() && sabotaged.isFirstBatch()) {
          changed.remove(0);
        }
      }
      case SETTLES_ON_ARRIVAL -> sabotaged.settleAll(batch);
      default -> {}
    }
    engine.arrived(sabotaged, changed);
  }

  @Override
  public void trimmed(Lane lane, long events) {
    engine.trimmed(sabotaged(lane), events);
  }

  @Override
  public void dropped(Lane lane, long events) {
    engine.dropped(sabotaged(lane), events);
  }

  @Override
  public void degraded(String why) {
    brokerWasAway = true;
    lanes.values().forEach(SabotagedLane::brokerWentAway);
    engine.degraded(why);
  }

  @Override
  public void recovered() {
    engine.recovered();
  }

  @Override
  public void failed(Throwable cause) {
    engine.failed(cause);
  }
}
