package org.hmsach.identity.internal.login;

import java.nio.file.Path;
import java.time.Duration;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What the organisation may choose about logging in. */
@Component(service = Settings.class, configurationPid = "org.hmsach.identity")
@Designate(ocd = Settings.Config.class)
public final class Settings {
    private static final String DATA_FOLDER = "${hms.data}";

    @ObjectClassDefinition(name = "Identity")
    public @interface Config {
        @AttributeDefinition(description = "minutes after which an unused session ends")
        int session_idle_minutes() default 30;

        @AttributeDefinition(description = "hours after which any session ends")
        int session_hours() default 12;

        @AttributeDefinition(description = "cookies for TLS only, though a proxy in front speaks plain HTTP to us")
        boolean cookie_secure() default false;

        @AttributeDefinition(description = "password hashes at a time; each takes 19 MiB")
        int hashes_in_flight() default 4;

        @AttributeDefinition(description = "wrong passwords for one login before the next must wait")
        int free_attempts_login() default 5;

        @AttributeDefinition(description = "wrong passwords from one address before the next must wait")
        int free_attempts_address() default 50;

        @AttributeDefinition(description = "folder for first-login.json; ${hms.data} stands for the data folder")
        String secrets_dir() default "${hms.data}/secrets";
    }

    private final LoginPolicy policy;

    @Activate
    public Settings(Config config, BundleContext context) {
        String folder = config.secrets_dir().replace(DATA_FOLDER, String.valueOf(context.getProperty("hms.data")));
        policy = new LoginPolicy(
                Duration.ofMinutes(config.session_idle_minutes()),
                Duration.ofHours(config.session_hours()),
                config.cookie_secure(),
                config.hashes_in_flight(),
                config.free_attempts_login(),
                config.free_attempts_address(),
                Path.of(folder));
    }

    LoginPolicy policy() {
        return policy;
    }
}
