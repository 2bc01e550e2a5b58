package org.hmsach.gateway.internal.board;

import java.util.List;

/** Builds what serves a generation, completely, before anybody is sent to it. */
public interface EndpointFactory {
    /** An endpoint for the resources under the base path. */
    Generation.Endpoint create(String base, List<Resource> resources);
}
