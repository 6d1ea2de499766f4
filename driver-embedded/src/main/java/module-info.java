/** Driver on an SQLite file, shared by the processes of one machine. */
module dev.eventbus.driver.embedded {
  requires transitive dev.eventbus;
  requires java.sql;
  requires org.slf4j;
  requires org.xerial.sqlitejdbc;
  requires static org.jspecify;

  exports dev.eventbus.driver.embedded;

  provides dev.eventbus.spi.DriverProvider with
      dev.eventbus.driver.embedded.EmbeddedProvider;
}
