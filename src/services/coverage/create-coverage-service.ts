import { createProcessTurns } from "../zpa/turns.ts";
import type { CoveragePorts } from "./coverage-ports.ts";
import type { CoverageService } from "./coverage-service.ts";
import { listCoverage, readAndListCoverage } from "./list-coverage.ts";
import { coverAsOffered, offerCover } from "./offer-cover.ts";
import { withoutEffect } from "./without-effect.ts";

/** The use-cases of coverage. Rules are made one after the other, so that a second administrator sees what the first has made. */
export const createCoverageService = (ports: CoveragePorts): CoverageService => {
  const turns = createProcessTurns();
  const cover = coverAsOffered(ports);
  return {
    read: readAndListCoverage(ports),
    page: listCoverage(ports),
    offer: offerCover(ports),
    cover: (command) => turns.run(() => cover(command)),
    withoutEffect: withoutEffect(ports),
  };
};
