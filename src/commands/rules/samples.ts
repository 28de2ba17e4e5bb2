/** Steps that the examples of several rules have, as they are written in a command. */

export const healthyStep = `\
  - id: healthy
    uses: http.check
    with: { url: "https://standby.example.com/health" }`;

export const scaleStep = `\
  - id: scale
    uses: ecs.scale-service
    with: { region: us-west-2, cluster: dr-cluster, service: app-service, count: 4 }`;

export const switchStep = `\
  - id: traffic
    uses: route53.switch-standby
    with:
      region: us-west-2
      bucket: shop-switch-us-west-2
      key: serve-from-us-west-2
      present: true
      name: shop.example.com
      target: standby.example.com
      to: us-west-2`;

export const servingStep = `\
  - id: serving
    uses: http.check
    with: { url: "https://shop.example.com/health" }`;
