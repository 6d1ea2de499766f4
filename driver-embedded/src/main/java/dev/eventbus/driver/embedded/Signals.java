package dev.eventbus.driver.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What wakes the reading loop: tasks and changes of this driver, and datagrams of other drivers on
 * this machine. A datagram is a hint only: a kind and a topic; whoever sends one, and however many
 * are lost, the loop looks into the database. Thread-safe, but for {@link #await} and {@code take…},
 * which belong to the loop.
 */
final class Signals implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Signals.class);

  private static final byte TOPIC = 't';
  private static final byte GROUP = 'g';
  private static final int LENGTH = 9;

  private final Selector selector;
  private final @Nullable DatagramChannel channel;
  private final int port;
  private final ByteBuffer received = ByteBuffer.allocate(LENGTH);

  private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final Set<Long> topics = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean groups = new AtomicBoolean();
  private final AtomicBoolean woken = new AtomicBoolean();
  private volatile Peers peers = Peers.NONE;
  private volatile Set<Long> readers = Set.of();
  private volatile boolean ended;

  private Signals(Selector selector, @Nullable DatagramChannel channel, int port) {
    this.selector = selector;
    this.channel = channel;
    this.port = port;
  }

  static Signals open() throws IOException {
    Selector selector = Selector.open();
    DatagramChannel channel = null;
    try {
      channel = DatagramChannel.open();
      channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_READ);
      int port = ((InetSocketAddress) channel.getLocalAddress()).getPort();
      return new Signals(selector, channel, port);
    } catch (IOException noSockets) {
      // The loop polls anyway; events of other processes come some 50 ms later.
      LOG.info("No wake-ups from other processes: {}", noSockets.toString());
      if (channel != null) {
        channel.close();
      }
      return new Signals(selector, null, 0);
    }
  }

  /** Where we listen; 0 if nowhere. */
  int port() {
    return port;
  }

  /** Says which topics this driver reads; looks at them after this call see all that is stored. */
  void readers(Set<Long> readTopics) {
    readers = readTopics;
  }

  void peers(Peers found) {
    peers = found;
  }

  /** Runs it on the loop, after those posted before. */
  void post(Runnable task) {
    tasks.add(task);
    if (ended) {
      runTasks();
    } else {
      wake();
    }
  }

  /** Runs what was posted, in order. */
  synchronized void runTasks() {
    Runnable task = tasks.poll();
    while (task != null) {
      try {
        task.run();
      } catch (RuntimeException bug) {
        LOG.error("A task of the reading loop failed", bug);
      }
      task = tasks.poll();
    }
  }

  /** The loop has ended: what is still posted runs on the thread that posts it. */
  void end() {
    ended = true;
    runTasks();
  }

  /** Events were stored: tells the loop and the other processes. */
  void topicChanged(long topic) {
    if (readers.contains(topic)) {
      topicHere(topic);
    }
    send(TOPIC, topic, peers.ofTopic(topic));
  }

  /** Lets the loop look at a topic. */
  void topicHere(long topic) {
    topics.add(topic);
    wake();
  }

  /** Members or owners have changed: tells the loop and the other processes. */
  void groupChanged(long group) {
    groups.set(true);
    wake();
    send(GROUP, 0, peers.ofGroup(group));
  }

  /** Lets {@link #await} return. */
  void wake() {
    if (!woken.get() && woken.compareAndSet(false, true)) {
      selector.wakeup();
    }
  }

  private void send(byte kind, long topic, List<Integer> ports) {
    if (channel == null || ports.isEmpty()) {
      return;
    }
    ByteBuffer message = ByteBuffer.allocate(LENGTH).put(kind).putLong(topic).flip();
    for (int peer : ports) {
      try {
        channel.send(
            message.duplicate(), new InetSocketAddress(InetAddress.getLoopbackAddress(), peer));
      } catch (IOException unheard) {
        LOG.debug("The process at port {} was not woken: {}", peer, unheard.toString());
      }
    }
  }

  /** Waits for a wake-up; at once if there was one since the last call. */
  void await(long nanos) throws IOException {
    // A flag set by a callback on this thread would keep select from waiting.
    Thread.interrupted();
    long millis = TimeUnit.NANOSECONDS.toMillis(nanos);
    if (woken.get() || millis <= 0) {
      selector.selectNow();
    } else {
      selector.select(millis);
    }
    woken.set(false);
    selector.selectedKeys().clear();
    receive();
  }

  private void receive() throws IOException {
    if (channel == null) {
      return;
    }
    while (channel.receive(received.clear()) != null) {
      received.flip();
      if (received.remaining() == LENGTH && received.get() == TOPIC) {
        topics.add(received.getLong());
      } else {
        groups.set(true);
      }
    }
  }

  /** The topics that have changed since the last call. */
  Set<Long> takeTopics() {
    if (topics.isEmpty()) {
      return Set.of();
    }
    var taken = new HashSet<Long>();
    topics.removeIf(taken::add);
    return taken;
  }

  /** Whether a group has changed since the last call. */
  boolean takeGroups() {
    return groups.get() && groups.getAndSet(false);
  }

  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
    }
    selector.close();
  }
}
