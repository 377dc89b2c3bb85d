// The cluster of examples/quickstart as a CDK app, COUNT times: a VPC in two
// zones with one NAT gateway, an EKS cluster, a managed node group and three
// add-ons. It leaves the workload out.
//
//   CDK_OUTDIR=DIR node app.js COUNT
//
// It is as fast as CDK gets: only the modules in need are loaded, and what CDK
// records besides templates is off.
const { App, Stack } = require('aws-cdk-lib/core');
const ec2 = require('aws-cdk-lib/aws-ec2');
const eks = require('aws-cdk-lib/aws-eks-v2');

class ClusterStack extends Stack {
  // Otherwise CDK would ask AWS.
  get availabilityZones() {
    return ['eu-west-1a', 'eu-west-1b'];
  }

  constructor(scope, name) {
    super(scope, name, { env: { account: '111122223333', region: 'eu-west-1' } });
    const vpc = new ec2.Vpc(this, 'Network', {
      ipAddresses: ec2.IpAddresses.cidr('10.0.0.0/16'),
      maxAzs: 2,
      natGateways: 1,
    });
    const cluster = new eks.Cluster(this, 'Cluster', {
      clusterName: name,
      version: eks.KubernetesVersion.V1_35,
      vpc,
      defaultCapacityType: eks.DefaultCapacityType.NODEGROUP,
      defaultCapacity: 0,
      bootstrapSelfManagedAddons: false,
    });
    cluster.addNodegroupCapacity('general', {
      instanceTypes: [new ec2.InstanceType('m7g.large')],
      minSize: 2,
      desiredSize: 2,
      maxSize: 4,
    });
    for (const addonName of ['vpc-cni', 'kube-proxy', 'coredns']) {
      new eks.Addon(this, addonName, { cluster, addonName });
    }
  }
}

const app = new App({ analyticsReporting: false, stackTraces: false, treeMetadata: false });
for (let i = 0; i < Number(process.argv[2]); i++) {
  new ClusterStack(app, `cluster-${String(i).padStart(2, '0')}`);
}
app.synth();
