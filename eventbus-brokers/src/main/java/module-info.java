/** Real brokers, started on this machine. */
module dev.eventbus.brokers {
  requires com.fasterxml.jackson.databind;
  requires transitive org.jspecify;
  requires org.slf4j;

  exports dev.eventbus.brokers;
}
