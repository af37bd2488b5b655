import { type EmbeddedServer, startEmbeddedPostgres } from "../../sandbox/start-postgres.ts";

export type TestPostgres = EmbeddedServer;

/** The sandbox's PostgreSQL: a real one, on a free port. */
export const startPostgres: () => Promise<TestPostgres> = startEmbeddedPostgres;
