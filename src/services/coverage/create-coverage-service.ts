import type { CoveragePorts } from "./coverage-ports.ts";
import type { CoverageService } from "./coverage-service.ts";
import { listCoverage, readAndListCoverage } from "./list-coverage.ts";
import { coverAsOffered, offerCover } from "./offer-cover.ts";
import { withoutEffect } from "./without-effect.ts";

/** The use-cases of coverage. */
export const createCoverageService = (ports: CoveragePorts): CoverageService => ({
  read: readAndListCoverage(ports),
  page: listCoverage(ports),
  offer: offerCover(ports),
  cover: coverAsOffered(ports),
  withoutEffect: withoutEffect(ports),
});
