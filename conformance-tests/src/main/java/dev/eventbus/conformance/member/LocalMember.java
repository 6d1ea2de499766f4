package dev.eventbus.conformance.member;

import dev.eventbus.EventBus;
import dev.eventbus.Handler;
import dev.eventbus.SubscribeOptions;
import dev.eventbus.Subscription;
import dev.eventbus.conformance.history.HistoryEvent.Call;
import dev.eventbus.conformance.history.HistoryEvent.HandlerKind;
import dev.eventbus.conformance.history.HistoryEvent.MemberCall;
import dev.eventbus.conformance.history.HistoryEvent.MemberStarted;
import dev.eventbus.conformance.history.HistoryEvent.MemberStopped;
import dev.eventbus.conformance.history.HistoryEvent.Phase;
import dev.eventbus.conformance.history.HistoryWriter;
import dev.eventbus.conformance.history.Recorder;
import dev.eventbus.conformance.sabotage.KitBus;
import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A member in this process, with a bus of its own. */
public final class LocalMember implements AutoCloseable {

  private final HistoryWriter history;
  private final Recorder recorder;
  private final ExecutorService asyncWork = Executors.newCachedThreadPool();
  private final EventBus bus;
  private final Subscription subscription;

  private LocalMember(MemberSpec spec) throws IOException {
    this.history = new HistoryWriter(spec.history());
    this.recorder = new Recorder(spec.name(), history);
    try {
      this.bus = KitBus.connect(spec.busSettings());
    } catch (RuntimeException e) {
      history.close();
      throw e;
    }
    try {
      this.subscription = subscribe(spec);
    } catch (RuntimeException e) {
      bus.close();
      history.close();
      throw e;
    }
  }

  /** Connects and subscribes; has subscribed when this returns. */
  public static LocalMember start(MemberSpec spec) throws IOException {
    return new LocalMember(spec);
  }

  private Subscription subscribe(MemberSpec spec) {
    boolean broadcast = spec.group().isEmpty();
    String group = broadcast ? spec.name() : spec.group();
    var recording = new RecordingHandler(recorder, spec.work());
    Handler handler =
        spec.handlers() == HandlerKind.ASYNC ? recording.async(asyncWork) : recording.blocking();
    SubscribeOptions options = spec.options().withListener(new RecordingListener(recorder, group));
    Subscription started = broadcast
        ? bus.subscribeEach(spec.topic(), handler, options)
        : bus.subscribe(spec.topic(), group, handler, options);
    recorder.add(at -> new MemberStarted(at, spec.topic(), started.group(), spec.handlers()));
    return started;
  }

  /** Its bus. */
  public EventBus bus() {
    return bus;
  }

  /** Its subscription; pause, resume and close it here instead, so that the history knows. */
  public Subscription subscription() {
    return subscription;
  }

  /** Calls {@link Subscription#pause()}. */
  public void pause() {
    call(Call.PAUSE, subscription::pause);
  }

  /** Calls {@link Subscription#resume()}. */
  public void resume() {
    call(Call.RESUME, subscription::resume);
  }

  /** Closes subscription and bus. Idempotent. */
  @Override
  public void close() {
    if (asyncWork.isShutdown()) {
      return;
    }
    call(Call.CLOSE, subscription::close);
    bus.close();
    asyncWork.shutdownNow();
    recorder.add(MemberStopped::new);
    history.close();
  }

  private void call(Call call, Runnable action) {
    recorder.add(at -> new MemberCall(at, call, Phase.CALLED));
    action.run();
    recorder.add(at -> new MemberCall(at, call, Phase.RETURNED));
  }
}
