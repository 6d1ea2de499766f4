/** Real brokers, started on this machine. */
module dev.eventbus.brokers {
  requires org.slf4j;
  requires static org.jspecify;
}
