/** Members and publishers that write down what they do, in this process or in one of their own. */
@NullMarked
package dev.eventbus.conformance.member;

import org.jspecify.annotations.NullMarked;
