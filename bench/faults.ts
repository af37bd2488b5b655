import { startEmbeddedPostgres } from "../sandbox/start-postgres.ts";
import { FAULTS, type Fault, type LaneOptions, type Round, runLane, type Step } from "./faults/lane.ts";

const OTHERS = FAULTS.filter((fault) => fault !== "kill -9");

/**
 * Rounds of create, amend and end in which the bot is killed, ZPA breaks, or the database's connections are cut, at every labelled point;
 * on PGlite, and on PostgreSQL with two replicas. After each round exactly the intended privileged approvals stand, and every card says so.
 */
export async function bench({ json }: { readonly json: boolean }): Promise<Record<string, unknown>> {
  const rounds: Round[] = [];
  const onRound = (round: Round): void => {
    rounds.push(round);
    if (json) console.log(JSON.stringify(round));
    else console.log(`${round.database}: ${round.fault} at ${round.point}: ${round.verdict} (${round.seconds} s) ${round.detail}`);
  };
  const lane = (name: string, databaseUrl: string | null, faults: readonly Fault[], ...steps: Step[]): LaneOptions => ({
    faults,
    name,
    databaseUrl,
    replicas: databaseUrl === null ? 1 : 2,
    steps,
    onRound,
  });
  const postgres = await startEmbeddedPostgres();
  try {
    await Promise.all([
      runLane(lane("PGlite", null, FAULTS, "create")),
      runLane(lane("PGlite", null, FAULTS, "amend", "end")),
      // Where a replica is killed, the other waits until it is sure of that.
      runLane(lane("PostgreSQL, two replicas", await postgres.newDatabase(), ["kill -9"], "create")),
      runLane(lane("PostgreSQL, two replicas", await postgres.newDatabase(), ["kill -9"], "amend", "end")),
      runLane(lane("PostgreSQL, two replicas", await postgres.newDatabase(), OTHERS, "create", "amend", "end")),
    ]);
  } finally {
    await postgres.stop();
  }
  const count = (verdict: Round["verdict"]): number => rounds.filter((round) => round.verdict === verdict).length;
  return {
    bench: "faults",
    rounds: rounds.length,
    lost: count("lost"),
    duplicate: count("duplicate"),
    wrongState: count("wrong state") + count("wrong cards"),
  };
}
