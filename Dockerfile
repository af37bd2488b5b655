# Not built in this project's own checks: no container engine runs there.
FROM node:24-bookworm-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
# The image brings Node itself, so the npm package `node` (a development dependency) is left out.
RUN npm ci --omit=dev --ignore-scripts

FROM node:24-bookworm-slim
ENV NODE_ENV=production DATA_DIR=/data HOST=0.0.0.0 HEALTH_HOST=0.0.0.0 HEALTH_PORT=3001
WORKDIR /app
COPY --from=dependencies /app/node_modules ./node_modules
COPY package.json manifest.yml ./
COPY src ./src
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
# 3001 is health and metrics, for whoever watches the container; it needs no way in from outside.
EXPOSE 3000 3001
STOPSIGNAL SIGTERM
# Bringing a large database's tables up to date takes its time, and /healthz answers from the start. The image has no curl.
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.HEALTH_PORT + '/healthz').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "src/main.ts"]
