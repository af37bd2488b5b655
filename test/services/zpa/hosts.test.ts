import { describe, expect, it } from "vitest";
import type { Config } from "../../../src/config.ts";
import { hostsOf } from "../../../src/services/zpa/hosts.ts";

type Place = Pick<Config["zpa"], "auth" | "cloud" | "vanityDomain" | "apiUrl" | "authUrl">;

const legacy = (cloud: string): Place => ({ auth: "legacy", cloud, vanityDomain: null, apiUrl: null, authUrl: null });
const oneApi = (cloud: string): Place => ({ auth: "oneapi", cloud, vanityDomain: "acme", apiUrl: null, authUrl: null });

describe("hosts of the clouds, with a ZPA API key", () => {
  it.each([
    ["PRODUCTION", "https://config.private.zscaler.com"],
    ["production", "https://config.private.zscaler.com"],
    ["ZPATWO", "https://config.zpatwo.net"],
    ["BETA", "https://config.zpabeta.net"],
    ["GOV", "https://config.zpagov.net"],
    ["GOVUS", "https://config.zpagov.us"],
    ["PREVIEW", "https://config.zpapreview.net"],
    ["QA", "https://config.qa.zpath.net"],
    ["QA2", "https://pdx2-zpa-config.qa2.zpath.net"],
  ])("%s signs in at its own API host, without /zpa", (cloud, api) => {
    expect(hostsOf(legacy(cloud))).toEqual({ api, token: `${api}/signin` });
  });

  it("DEV signs in apart from its API", () => {
    expect(hostsOf(legacy("DEV"))).toEqual({
      api: "https://public-api.dev.zpath.net",
      token: "https://authn1.dev.zpath.net/authn/v1/oauth/token?grant_type=CLIENT_CREDENTIALS",
    });
  });

  it("refuses a cloud that does not exist", () => {
    expect(() => hostsOf(legacy("MARS"))).toThrow(expect.objectContaining({ code: "setting_invalid" }));
  });
});

describe("hosts of the clouds, with OneAPI", () => {
  it.each([
    ["PRODUCTION", "https://api.zsapi.net/zpa", "https://acme.zslogin.net/oauth2/v1/token"],
    ["BETA", "https://api.beta.zsapi.net/zpa", "https://acme.zsloginbeta.net/oauth2/v1/token"],
    ["GOV", "https://api.zscalergov.net/zpa", "https://acme.zidentitygov.net/oauth2/v1/token"],
    ["GOVUS", "https://api.zscalergov.us/zpa", "https://acme.zidentitygov.us/oauth2/v1/token"],
  ])("%s signs in at the vanity domain and calls the gateway under /zpa", (cloud, api, token) => {
    expect(hostsOf(oneApi(cloud))).toEqual({ api, token });
  });

  it("asks for the vanity domain when it is missing", () => {
    expect(() => hostsOf({ ...oneApi("PRODUCTION"), vanityDomain: null })).toThrow(expect.objectContaining({ code: "setting_missing" }));
  });

  it.each(["evil.example/", "acme.zslogin.net", "a b", ""])("does not send the secret to %j", (vanityDomain) => {
    expect(() => hostsOf({ ...oneApi("PRODUCTION"), vanityDomain })).toThrow(expect.objectContaining({ code: "setting_invalid" }));
  });
});

describe("addresses that are set by hand", () => {
  it("win over the cloud's, and a bare host gets the usual path", () => {
    const place = { apiUrl: "http://127.0.0.1:9000/", authUrl: "http://127.0.0.1:9001" };
    expect(hostsOf({ ...oneApi("BETA"), ...place })).toEqual({
      api: "http://127.0.0.1:9000/zpa",
      token: "http://127.0.0.1:9001/oauth2/v1/token",
    });
    expect(hostsOf({ ...legacy("BETA"), ...place })).toEqual({ api: "http://127.0.0.1:9000", token: "http://127.0.0.1:9001/signin" });
  });

  it("are taken whole when they have a path", () => {
    expect(hostsOf({ ...oneApi("BETA"), authUrl: "https://id.acme.example/token" }).token).toBe("https://id.acme.example/token");
  });

  it("let a legacy API also do the sign-in", () => {
    expect(hostsOf({ ...legacy("BETA"), apiUrl: "http://127.0.0.1:9000" }).token).toBe("http://127.0.0.1:9000/signin");
  });
});
