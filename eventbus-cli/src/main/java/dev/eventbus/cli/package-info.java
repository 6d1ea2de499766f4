/**
 * The {@code eventbus} command: {@link dev.eventbus.cli.EventbusCommand} is the root, each
 * subcommand a class beside it. Nothing here is an API.
 */
@NullMarked
package dev.eventbus.cli;

import org.jspecify.annotations.NullMarked;
