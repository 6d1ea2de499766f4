/** Driver on an SQLite file, shared by the processes of one machine. */
module dev.eventbus.driver.embedded {
  requires dev.eventbus;
  requires java.sql;
  requires org.slf4j;
  requires org.xerial.sqlitejdbc;
  requires static org.jspecify;
}
