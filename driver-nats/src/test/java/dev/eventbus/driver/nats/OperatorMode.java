package dev.eventbus.driver.nats;

import io.nats.client.NKey;
import io.nats.client.support.JwtUtils;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;

/** An operator with a system account and an account, all made now, and users of the account. */
final class OperatorMode {

  private final NKey operator = NKey.createOperator(null);
  private final NKey system = NKey.createAccount(null);
  private final NKey account = NKey.createAccount(null);

  OperatorMode() throws GeneralSecurityException, IOException {}

  /** What the server must know. */
  String config() throws GeneralSecurityException, IOException {
    return """
        operator: %s
        system_account: %s
        resolver: MEMORY
        resolver_preload: {
          %s: %s
          %s: %s
        }
        """.formatted(
            jwt(operator, "op", "{\"type\":\"operator\",\"version\":2}"),
            name(system),
            name(system),
            jwt(system, "SYS", accountClaims("0")),
            name(account),
            jwt(account, "APP", accountClaims("-1")));
  }

  private static String accountClaims(String storage) {
    return """
        {"limits":{"subs":-1,"data":-1,"payload":-1,"imports":-1,"exports":-1,"wildcards":true,\
        "conn":-1,"leaf":-1,"mem_storage":%s,"disk_storage":%s,"streams":-1,"consumer":-1},\
        "default_permissions":{"pub":{},"sub":{}},"type":"account","version":2}""".formatted(storage, storage);
  }

  private String jwt(NKey subject, String name, String claims)
      throws GeneralSecurityException, IOException {
    return JwtUtils.issueJWT(
        operator, name(subject), name, null, now(), name(operator), () -> claims);
  }

  private static String name(NKey key) throws GeneralSecurityException, IOException {
    return new String(key.getPublicKey());
  }

  private static long now() {
    return System.currentTimeMillis() / 1000;
  }

  /** A JWT that was issued so long ago, for so long. */
  String user(NKey user, Duration ago, Duration valid)
      throws GeneralSecurityException, IOException {
    return JwtUtils.issueUserJWT(
        account, name(account), name(user), "user", valid, null, now() - ago.toSeconds());
  }

  String user(NKey user) throws GeneralSecurityException, IOException {
    return user(user, Duration.ZERO, Duration.ofHours(1));
  }

  String bearer(NKey user) throws GeneralSecurityException, IOException {
    var claim = new JwtUtils.UserClaim(name(account));
    claim.bearerToken = true;
    return JwtUtils.issueUserJWT(account, name(user), "bearer", null, now(), claim);
  }

  static String creds(String jwt, NKey user) {
    return JwtUtils.NATS_USER_JWT_FORMAT.formatted(jwt, new String(user.getSeed()));
  }
}
