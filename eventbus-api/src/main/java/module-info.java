/** The Coze EventBus: what applications see, what drivers see, and the engine between them. */
module dev.eventbus {
  requires transitive org.jspecify;
  requires org.slf4j;

  exports dev.eventbus;
  exports dev.eventbus.spi;

  uses dev.eventbus.spi.DriverProvider;
}
