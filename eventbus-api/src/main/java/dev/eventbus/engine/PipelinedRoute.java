package dev.eventbus.engine;

import dev.eventbus.spi.Append;
import dev.eventbus.spi.TopicWriter;

/** For drivers that keep call order by themselves: each publish is handed over at once. */
final class PipelinedRoute implements PublishRoute {

  private final TopicWriter writer;
  private final LanePicker picker;
  private final Publishing publishing;

  PipelinedRoute(TopicWriter writer, Publishing publishing) {
    this.writer = writer;
    this.picker = new LanePicker(writer.lanes());
    this.publishing = publishing;
  }

  @Override
  public void send(PendingPublish publish) {
    if (!publish.hand()) {
      publishing.forget(publish);
      return;
    }
    int lane = picker.pick(publish.event);
    Append append = publish.into(lane);
    DriverCalls.guarded(() -> writer.append(append)).whenComplete((position, error) -> {
      if (error == null) {
        publishing.stored(publish, lane, position);
      } else {
        publishing.failed(publish, error);
      }
    });
  }
}
