package org.hmsach.gateway.internal.board;

import java.io.IOException;
import org.apache.cxf.logging.FaultListener;
import org.apache.cxf.message.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A client that went away before it read its answer is no fault of the server: nothing to warn of. */
final class Disconnects implements FaultListener {
    private static final Logger LOG = LoggerFactory.getLogger(Disconnects.class);

    @Override
    public boolean faultOccurred(Exception exception, String description, Message message) {
        for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException) {
                LOG.debug("A client is gone: {}", cause.getMessage());
                return false;
            }
        }
        return true;
    }
}
