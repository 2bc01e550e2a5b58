package org.hmsach.gateway.internal.board;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import org.apache.cxf.interceptor.Fault;
import org.apache.cxf.message.MessageImpl;
import org.junit.jupiter.api.Test;

class DisconnectsTest {
    private final Disconnects disconnects = new Disconnects();

    @Test
    void keepsQuietAboutAClientThatIsGone() {
        assertFalse(disconnects.faultOccurred(new Fault(new EOFException("closed")), "", new MessageImpl()));
    }

    @Test
    void letsEveryOtherFaultBeLogged() {
        assertTrue(disconnects.faultOccurred(new Fault(new IllegalStateException("bug")), "", new MessageImpl()));
    }
}
