/** Driver on an SQLite file, shared by the processes of one machine. */
@NullMarked
package dev.eventbus.driver.embedded;

import org.jspecify.annotations.NullMarked;
