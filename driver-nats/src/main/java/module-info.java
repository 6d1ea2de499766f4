/** Driver on NATS. */
@SuppressWarnings("requires-automatic") // jnats has no module descriptor
module dev.eventbus.driver.nats {
  requires transitive dev.eventbus;
  requires io.nats.jnats;
  requires org.slf4j;
  requires static org.jspecify;

  // the client makes its data port by name
  exports dev.eventbus.driver.nats to
      io.nats.jnats;
}
