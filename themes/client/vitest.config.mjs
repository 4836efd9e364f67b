import { defineConfig } from "vitest/config";

// Pure modules only: what needs a page is tested in a real browser by tests/browser.
export default defineConfig({ test: { environment: "node", include: ["**/*.test.ts"] } });
