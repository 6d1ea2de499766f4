package dev.eventbus.driver.nats;

import dev.eventbus.SettingException;
import dev.eventbus.Settings;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where the servers are: at least one.
 *
 * @param setting the variable that they come from
 * @param urls scheme, host and port of each, without user info, so that they may be shown
 * @param userInfo what stands before the {@code @}; a secret
 */
record NatsAddresses(
    String setting, List<URI> urls, @Nullable UserInfo userInfo) {

  static final String URL = "NATS_SERVER_URL";
  static final String NAME_SERVER = "MQ_NAME_SERVER";

  private static final String EXPECTED =
      "must be addresses such as nats://host:4222, separated by commas, with the scheme nats, tls,"
          + " ws or wss";
  private static final int PORT = 4222;
  private static final Set<String> SCHEMES = Set.of("nats", "tls", "ws", "wss");
  private static final Set<String> SECURE = Set.of("tls", "wss");
  private static final Set<String> WEB = Set.of("ws", "wss");

  /**
   * User and password, or a token alone.
   *
   * @param first the user, or the token
   * @param password null for a token
   */
  record UserInfo(String first, @Nullable String password) {
    @Override
    public String toString() {
      return "UserInfo[…]";
    }
  }

  static NatsAddresses of(Settings settings) {
    String name = settings.find(URL) == null ? NAME_SERVER : URL;
    String value = settings.find(name);
    if (value == null) {
      throw new SettingException(
          URL,
          "is not set, nor is " + NAME_SERVER + ": give the address of a server, such as"
              + " nats://localhost:4222.");
    }
    var urls = new ArrayList<URI>();
    UserInfo found = null;
    for (String part : value.split(",", -1)) {
      if (part.isBlank()) {
        continue;
      }
      URI uri = parse(name, part.strip());
      UserInfo here = userInfo(name, uri);
      if (!urls.isEmpty() && here != null && !here.equals(found)) {
        throw new SettingException(
            name,
            "has addresses with different user info: write it before the first address alone, or"
                + " the same before each.");
      }
      found = here == null ? found : here;
      urls.add(plain(name, uri));
    }
    if (urls.isEmpty()) {
      throw new SettingException(name, "has no address: it " + EXPECTED + ".");
    }
    return checked(new NatsAddresses(name, List.copyOf(urls), found));
  }

  private static NatsAddresses checked(NatsAddresses addresses) {
    long web =
        addresses.urls.stream().filter(url -> WEB.contains(url.getScheme())).count();
    if (web != 0 && web != addresses.urls.size()) {
      throw new SettingException(
          addresses.setting, "mixes ws:// or wss:// with nats:// or tls://: use one of the two.");
    }
    return addresses;
  }

  private static URI parse(String name, String text) {
    try {
      URI uri = new URI(text.contains("://") ? text : "nats://" + text);
      String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
      if (scheme.equals("opentls")) {
        throw new SettingException(
            name,
            "has the scheme opentls, which trusts every certificate: use tls and give the"
                + " authority's certificate in " + NatsTls.CA_FILE + ".");
      }
      if (uri.getHost() != null && SCHEMES.contains(scheme)) {
        return uri;
      }
    } catch (URISyntaxException unreadable) {
      // told below, without the value: it may hold a password
    }
    throw new SettingException(
        name,
        "has an address that cannot be read: they " + EXPECTED
            + ". Characters of user and password other than letters and digits are written %XX.");
  }

  private static URI plain(String name, URI uri) {
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    int port = uri.getPort() > 0 ? uri.getPort() : PORT;
    String path = WEB.contains(scheme) ? uri.getPath() : null;
    try {
      return new URI(scheme, null, uri.getHost(), port, path, null, null);
    } catch (URISyntaxException impossible) {
      throw new SettingException(name, "has an address that cannot be read: it " + EXPECTED + ".");
    }
  }

  private static @Nullable UserInfo userInfo(String name, URI uri) {
    String raw = uri.getRawUserInfo();
    if (raw == null || raw.isEmpty()) {
      return null;
    }
    int colon = raw.indexOf(':');
    return colon < 0
        ? new UserInfo(decoded(name, raw), null)
        : new UserInfo(
            decoded(name, raw.substring(0, colon)), decoded(name, raw.substring(colon + 1)));
  }

  /** Unlike {@link java.net.URLDecoder} it leaves a plus sign as it is. */
  private static String decoded(String name, String raw) {
    var bytes = new ByteArrayOutputStream();
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c != '%') {
        bytes.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
        continue;
      }
      try {
        bytes.write(HexFormat.fromHexDigits(raw, i + 1, i + 3));
        i += 2;
      } catch (IllegalArgumentException | IndexOutOfBoundsException bad) {
        throw new SettingException(
            name, "has user info with a % that two hex digits do not follow.");
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /** Whether an address asks for TLS. */
  boolean secure() {
    return urls.stream().anyMatch(url -> SECURE.contains(url.getScheme()));
  }

  /** Whether they are websockets. */
  boolean web() {
    return WEB.contains(urls.get(0).getScheme());
  }

  /** For texts: the addresses and the setting that they come from. */
  @Override
  public String toString() {
    return String.join(", ", urls.stream().map(URI::toString).toList()) + " (" + setting + ")";
  }
}
