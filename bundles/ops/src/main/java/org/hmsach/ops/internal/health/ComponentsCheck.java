package org.hmsach.ops.internal.health;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.apache.felix.hc.api.FormattingResultLog;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

/** Components whose activation failed: DS only logs that, and those who wait for them just go without. */
@Component(
        service = HealthCheck.class,
        property = {HealthCheck.NAME + "=ops.components", HealthCheck.TAGS + "=components"})
public final class ComponentsCheck implements HealthCheck {
    private final ServiceComponentRuntime components;

    @Activate
    public ComponentsCheck(@Reference ServiceComponentRuntime components) {
        this.components = components;
    }

    @Override
    public Result execute() {
        Collection<ComponentDescriptionDTO> all = components.getComponentDescriptionDTOs();
        List<ComponentConfigurationDTO> failed =
                all.stream().flatMap(this::failed).toList();
        FormattingResultLog log = new FormattingResultLog();
        failed.forEach(one -> log.critical("{} failed: {}", one.description.name, firstLine(one.failure)));
        if (failed.isEmpty()) {
            log.info("{} components, none failed", all.size());
        }
        return new Result(log);
    }

    private Stream<ComponentConfigurationDTO> failed(ComponentDescriptionDTO description) {
        return components.getComponentConfigurationDTOs(description).stream()
                .filter(one -> one.state == ComponentConfigurationDTO.FAILED_ACTIVATION);
    }

    private static String firstLine(String failure) {
        return failure == null ? "?" : failure.lines().findFirst().orElse("?");
    }
}
