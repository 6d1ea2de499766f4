/** The {@code eventbus} command. */
@NullMarked
package dev.eventbus.cli;

import org.jspecify.annotations.NullMarked;
