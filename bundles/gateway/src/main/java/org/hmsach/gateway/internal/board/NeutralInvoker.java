package org.hmsach.gateway.internal.board;

import java.lang.reflect.Method;
import org.apache.cxf.jaxrs.JAXRSInvoker;
import org.apache.cxf.message.Exchange;
import org.hmsach.gateway.internal.place.Loaders;

/** Calls resources with nobody's class loader as context. */
final class NeutralInvoker extends JAXRSInvoker {
    @Override
    protected Object performInvocation(Exchange exchange, Object resource, Method method, Object[] arguments)
            throws Exception {
        return Loaders.neutrally(() -> super.performInvocation(exchange, resource, method, arguments));
    }
}
