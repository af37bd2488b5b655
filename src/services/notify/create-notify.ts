import { adoptCard, type ClickedCard } from "./adopt-card.ts";
import { projectRequest } from "./project-request.ts";
import type { ProjectPorts } from "./run.ts";

/** Which card stands where, and keeping it true. */
export interface Notify {
  /** The work of the job `project-request`. */
  projectRequest(requestId: string): Promise<void>;
  /** The work of the job `publish-home`. */
  publishHome(userId: string): Promise<void>;
  adoptCard(card: ClickedCard): Promise<void>;
}

export const createNotify = (ports: ProjectPorts): Notify => ({
  projectRequest: projectRequest(ports),
  publishHome: (userId) => ports.port.publishHome(userId),
  adoptCard: adoptCard(ports),
});
