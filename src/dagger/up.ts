import * as sdk from "@dagger.io/dagger"

type Decorator = () => (target: object, name: string, descriptor: PropertyDescriptor) => void

/** `dagger up` starts what is marked so; Dagger 0.21 lets no module say it. */
export const up: Decorator = "up" in sdk ? sdk.up : () => () => undefined
