package org.gradus.backend.cuda;

import org.gradus.backend.BackendException;

/** Loads CUDA, {@code load}, or does something else that an argument names, and prints lines on what comes of each. */
final class LoadingProcess {
    private LoadingProcess() {}

    public static void main(String[] arguments) {
        for (String argument : arguments) {
            try {
                if (argument.equals("load")) {
                    Libraries.load();
                    System.out.println(Libraries.describe());
                    Libraries.loaded()
                            .forEach(each -> System.out.println(each.name() + " " + each.version() + " "
                                    + each.path().getFileName()));
                } else if (argument.equals("look")) {
                    System.out.println(Libraries.lookWithoutDriver().orElse("nothing to say"));
                } else if (argument.equals("way")) {
                    System.out.println(Libraries.way().orElse("none") + ", "
                            + Libraries.remark().orElse("no remark"));
                } else if (argument.equals("call")) {
                    StandInCalls.make();
                } else if (argument.equals("all")) {
                    DeviceInfo.all().forEach(each -> System.out.println(each + " " + each.freeBytes()));
                } else {
                    System.out.println(
                            DeviceInfo.select(Integer.parseInt(argument)).name());
                }
            } catch (BackendException e) {
                System.out.println(e.getMessage());
            }
        }
        System.out.println(
                "tmpdir kept: " + !System.getProperty("java.io.tmpdir").contains("cache"));
    }
}
