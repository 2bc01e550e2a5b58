package org.hmsach.build.architecture.sample;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import javax.xml.transform.Source;

/** Everything that a resource must not do, to prove that the test sees it. */
@Consumes("*/*")
public final class CarelessResource {
    @POST
    public String take(Source body) {
        return body.getSystemId();
    }
}
