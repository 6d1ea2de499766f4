package dev.eventbus.driver.nats;

import io.nats.client.Options;
import io.nats.client.impl.SocketDataPortWithWriteTimeout;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * The client's socket, for the client alone, which makes one for each connect by this class's name:
 * hands on headers that it takes (see {@link SafeFrames}), checks that the server's certificate is
 * that of its host, and gives up at once where no NATS server speaks.
 *
 * <p>It extends the client's own because that is the only way in: the type of the connection that a
 * port is given is not public.
 */
public final class HeaderSafeDataPort extends SocketDataPortWithWriteTimeout {

  private static final byte[] GREETING = "INFO ".getBytes(StandardCharsets.US_ASCII);

  private final SafeFrames frames = new SafeFrames(this::receive, this::refused);
  private @Nullable Options options;
  private @Nullable Socket raw;
  private int greeted;
  private long interruptUntil;

  /** For the client. */
  public HeaderSafeDataPort() {}

  @Override
  public void afterConstruct(Options options) {
    super.afterConstruct(options);
    this.options = options;
    interruptUntil = System.nanoTime() + options.getConnectionTimeout().toNanos() * 9 / 10;
  }

  @Override
  public int read(byte[] dst, int off, int len) throws IOException {
    return frames.read(dst, off, len);
  }

  private int receive(byte[] into, int from, int length) throws IOException {
    if (greeted < GREETING.length) {
      return receiveGreeting(into, from, length);
    }
    try {
      int count = super.read(into, from, length);
      if (count < 0) {
        ended();
      }
      return count;
    } catch (IOException failure) {
      if (facts() instanceof ConnectFacts facts) {
        facts.sawFailure(failure);
      }
      ended();
      throw failure;
    }
  }

  private void refused(String line) {
    if (facts() instanceof ConnectFacts facts) {
      facts.sawServerError(line.replaceFirst("^-ERR ", "").replace("'", ""));
    }
  }

  private int receiveGreeting(byte[] into, int from, int length) throws IOException {
    int count = super.read(into, from, length);
    if (count < 0) {
      throw new NotNatsException("it ended the connection without a word");
    }
    for (int i = 0; i < count && greeted < GREETING.length; i++) {
      if (into[from + i] != GREETING[greeted]) {
        throw new NotNatsException("its first bytes are not those of a NATS server");
      }
      greeted++;
    }
    if (greeted == GREETING.length && facts() instanceof ConnectFacts facts) {
      facts.sawGreeting();
    }
    return count;
  }

  /** Does nothing shortly before the client stops waiting by itself. */
  private void ended() {
    if (facts() instanceof ConnectFacts facts && System.nanoTime() - interruptUntil < 0) {
      facts.sawEnd();
    }
  }

  private @Nullable Object facts() {
    return options == null ? null : options.getErrorListener();
  }

  /** Without this the client waits a second for its reader whenever it leaves an encrypted socket. */
  @Override
  public void shutdownInput() throws IOException {
    if (raw == null) {
      super.shutdownInput();
    } else {
      raw.shutdownInput();
    }
  }

  @Override
  public void upgradeToSecure() throws IOException {
    if (isSecure || options == null) {
      return;
    }
    if (!frames.isEmpty()) {
      throw new IOException("The server sent something between its first word and the handshake.");
    }
    String name = TlsName.of(options.getServers().stream().map(URI::getHost).toList(), host);
    raw = socket;
    var secure = (SSLSocket)
        options.getSslContext().getSocketFactory().createSocket(socket, name, port, true);
    SSLParameters parameters = secure.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    secure.setSSLParameters(parameters);
    int timeout = secure.getSoTimeout();
    secure.setSoTimeout(
        (int) Math.min(Integer.MAX_VALUE, options.getConnectionTimeout().toMillis()));
    secure.startHandshake();
    secure.setSoTimeout(timeout);
    socket = secure;
    in = secure.getInputStream();
    out = secure.getOutputStream();
    isSecure = true;
  }
}
