/**
 * What nobody else sees: order per key, window, retry, attempts, dead letters and drain, once for
 * all drivers. One loop owns the state of each subscription.
 */
@NullMarked
package dev.eventbus.engine;

import org.jspecify.annotations.NullMarked;
