package lower

import (
	"slices"

	"github.com/ekscc/ekscc/pkg/compile/images"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/ir"
)

const bastionFile = "bastion"

// bastionVolume is the size of the root volume in GiB: that of the image.
const bastionVolume = 8

// bastionUsername is the bastion's Kubernetes user name in aws-auth. Its
// session's name is the id of the instance.
const bastionUsername = "bastion:{{SessionName}}"

// bastionStack is an instance from which kubectl reaches the private endpoint.
// Session Manager opens its sessions, so nothing has to reach the instance.
func (c cluster) bastionStack(b spec.Bastion) ir.Stack {
	s := c.stack(bastionFile, "Bastion of the EKS cluster "+c.Name)
	c.addBastionRole(&s, b)
	add(&s, "cluster.bastion", ir.Resource{ID: bastionGroupID, Type: "AWS::EC2::SecurityGroup", Properties: c.groupProperties(
		"", "Bastion of the EKS cluster "+c.Name, c.tags(c.bastionName(), nil), spec.BastionGroup, true)})
	c.exportGroup(&s, spec.BastionGroup, "Id of the security group of the bastion")
	c.addRules(&s)
	add(&s, "cluster.bastion", ir.Resource{ID: "BastionLaunchTemplate", Type: "AWS::EC2::LaunchTemplate", Properties: ir.Map{
		"LaunchTemplateData": c.bastionTemplate(b),
		"TagSpecifications":  ir.List{ir.Map{"ResourceType": "launch-template", "Tags": c.tags(c.bastionName(), nil)}},
	}})
	// A new version of the launch template replaces the instance, so its user
	// data never lags behind the cluster's version.
	add(&s, "cluster.bastion", ir.Resource{ID: "Bastion", Type: "AWS::EC2::Instance", Properties: ir.Map{
		"LaunchTemplate": ir.Map{
			"LaunchTemplateId": ir.Ref("BastionLaunchTemplate"),
			"Version":          ir.GetAtt{ID: "BastionLaunchTemplate", Attribute: "LatestVersionNumber"},
		},
		"Tags": c.tags(c.bastionName(), nil),
	}})
	export(&s, "BastionInstanceId", "Id of the bastion: aws ssm start-session --target opens a session, aws eks update-kubeconfig --region "+
		c.Region+" --name "+c.Name+" sets up kubectl in it", ir.Ref("Bastion"))
	return s
}

// bastionName is what the instance is called in the AWS console.
func (c cluster) bastionName() string { return c.Name + "-bastion" }

// addBastionRole adds the instance's role and what lets it into the cluster.
func (c cluster) addBastionRole(s *ir.Stack, b spec.Bastion) {
	const origin = "cluster.bastion.role"
	c.addRole(s, roleResource{
		id:              "BastionRole",
		origin:          origin,
		name:            b.Role.Name,
		trust:           c.ec2Trust(),
		managedPolicies: append([]string{"AmazonSSMManagedInstanceCore"}, b.Role.ManagedPolicies...),
		policies: map[string][]statement{"cluster": {{
			actions:   []string{"eks:DescribeCluster"},
			resources: ir.List{c.clusterARN()},
		}}},
		permissionsBoundary: b.Role.PermissionsBoundary,
		tags:                c.tags("", nil),
	})
	c.addInstanceProfile(s, "BastionInstanceProfile", origin, ir.Ref("BastionRole"))
	if !c.AuthenticationMode.UsesAccessEntries() {
		return
	}
	properties := ir.Map{"ClusterName": c.clusterName(), "PrincipalArn": ir.GetAtt{ID: "BastionRole", Attribute: "Arn"}}
	setTags(properties, c.tags("", nil))
	if b.Policy != "" {
		properties["AccessPolicies"] = c.accessPolicies(b.Access())
	}
	if len(b.Groups) > 0 {
		properties["KubernetesGroups"] = strs(slices.Compact(slices.Sorted(slices.Values(b.Groups))))
	}
	add(s, "cluster.bastion", ir.Resource{ID: "BastionAccessEntry", Type: "AWS::EKS::AccessEntry", Properties: properties})
}

// bastionTemplate is the launch template's data. The metadata service answers
// version 2 only.
func (c cluster) bastionTemplate(b spec.Bastion) ir.Map {
	tags := c.tags(c.bastionName(), nil)
	data := ir.Map{
		"BlockDeviceMappings": ir.List{ir.Map{
			"DeviceName": images.RootDevice(spec.AL2023),
			"Ebs":        ir.Map{"DeleteOnTermination": true, "Encrypted": true, "VolumeSize": bastionVolume, "VolumeType": "gp3"},
		}},
		"IamInstanceProfile": ir.Map{"Arn": ir.GetAtt{ID: "BastionInstanceProfile", Attribute: "Arn"}},
		"ImageId":            bastionImage(b.InstanceType),
		"InstanceType":       b.InstanceType,
		"MetadataOptions":    ir.Map{"HttpPutResponseHopLimit": 1, "HttpTokens": "required"},
		"NetworkInterfaces": ir.List{ir.Map{
			"AssociatePublicIpAddress": b.Subnets == "public",
			"DeviceIndex":              0,
			"Groups":                   ir.List{ir.GetAtt{ID: bastionGroupID, Attribute: "GroupId"}},
			"SubnetId":                 c.subnetIDs(b.Subnets)[0],
		}},
		"TagSpecifications": ir.List{
			ir.Map{"ResourceType": "instance", "Tags": tags},
			ir.Map{"ResourceType": "volume", "Tags": tags},
		},
	}
	if b.KeyPair != "" {
		data["KeyName"] = b.KeyPair
	}
	if *b.InstallKubectl {
		data["UserData"] = ir.Base64{Value: installKubectl(c.Version)}
	}
	return data
}

// bastionImage is the current Amazon Linux 2023 image, which has the AWS CLI and
// the agent of Systems Manager; see
// https://docs.aws.amazon.com/linux/al2023/ug/ec2.html.
func bastionImage(instanceType string) string {
	return "{{resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-" + images.Architecture(instanceType) + "}}"
}

// installKubectl is user data that installs kubectl of a minor version from the
// signed packages of the Kubernetes project; see
// https://kubernetes.io/docs/tasks/tools/install-kubectl-linux/.
func installKubectl(minor string) string {
	repository := "https://pkgs.k8s.io/core:/stable:/v" + minor + "/rpm/"
	return `#!/bin/bash
cat >/etc/yum.repos.d/kubernetes.repo <<EOF
[kubernetes]
name=Kubernetes
baseurl=` + repository + `
enabled=1
gpgcheck=1
gpgkey=` + repository + `repodata/repomd.xml.key
EOF
dnf install -y kubectl
`
}
