/**
 * Which room may use which: what stands lower knows nothing of what stands above it. `npm run lint` says what breaks a
 * rule; CONTRIBUTING.md has the picture.
 */
const below = (name, from, above, comment) => ({
  name,
  comment,
  severity: "error",
  from: { path: `^${from}` },
  to: { path: `^${above}`, pathNot: `^${from}` },
})

module.exports = {
  forbidden: [
    {
      name: "no circle",
      comment: "Move what both need below them.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "no orphan",
      comment: "A file that nobody uses is dead.",
      severity: "error",
      // The last one is of the Dagger runtime: it says which library the compiler reads.
      from: {
        orphan: true,
        pathNot: "/(main|image|look)\\.ts$|^src/default-library\\.ts$|\\.d\\.ts$",
      },
      to: {},
    },
    {
      name: "only src/dagger knows the engine",
      comment:
        "Facts, settings and plans are decided without an engine, so that they can be tested without one.",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/(dagger/|index\\.ts|render/dagger\\.ts)" },
      to: { path: "@dagger\\.io|^sdk/|^src/dagger/" },
    },
    {
      name: "src does not need cli",
      comment: "A Dagger engine loads src alone.",
      severity: "error",
      from: { path: "^src/" },
      to: { path: "^cli/" },
    },
    {
      name: "src has dependencies, cli has devDependencies",
      comment:
        "An engine installs the dependencies at each cold load: what it does not need is a devDependency.",
      severity: "error",
      from: { path: "^src/" },
      to: { dependencyTypes: ["npm-dev"] },
    },
    below(
      "settings know nothing of the project",
      "src/settings/",
      "src/(detect|plan|render|explain|sbom|lock|ci)/",
    ),
    below("detect does not plan", "src/detect/", "src/(plan|render|explain|ci)/"),
    below("plan does not render", "src/plan/", "src/(render|explain|sbom|ci)/"),
    below("render decides nothing", "src/render/", "src/(explain|sbom|lock|ci)/"),
    below(
      "an engine knows no command",
      "cli/(access|bases|cache|engine|git|http|image|run|source|system|terminal)/",
      "cli/(attest|build|commands|command-line)/",
    ),
    below("a build knows no command", "cli/(attest|build)/", "cli/(commands|command-line)/"),
    below(
      "an image is read without an engine",
      "cli/image/",
      "cli/(engine|bases|run|source|cache)/",
    ),
    below("the system is at the bottom", "cli/system/", "cli/(?!errors|terminal/report)"),
    below("arguments are read, not carried out", "cli/command-line/", "cli/(build|attest)/"),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    doNotFollow: { path: "node_modules" },
    exclude: { path: "node_modules/(?!@dagger)|/generated/" },
  },
}
