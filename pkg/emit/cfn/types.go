package cfn

import (
	"github.com/awslabs/goformation/v7/cloudformation"
	"github.com/awslabs/goformation/v7/cloudformation/autoscaling"
	"github.com/awslabs/goformation/v7/cloudformation/ec2"
	"github.com/awslabs/goformation/v7/cloudformation/eks"
	"github.com/awslabs/goformation/v7/cloudformation/iam"
	"github.com/awslabs/goformation/v7/cloudformation/kms"
	"github.com/awslabs/goformation/v7/cloudformation/logs"
)

// resourceTypes are the resource types that ekscc emits. Each constructor
// gives what knows the resource type's properties: goformation's Go type, or
// the catalog for a type that goformation lacks or has too old.
var resourceTypes = map[string]func() cloudformation.Resource{
	"AWS::AutoScaling::AutoScalingGroup":    describedBy("AWS::AutoScaling::AutoScalingGroup"),
	"AWS::AutoScaling::ScheduledAction":     func() cloudformation.Resource { return &autoscaling.ScheduledAction{} },
	"AWS::AutoScaling::WarmPool":            func() cloudformation.Resource { return &autoscaling.WarmPool{} },
	"AWS::EC2::EgressOnlyInternetGateway":   describedBy("AWS::EC2::EgressOnlyInternetGateway"),
	"AWS::EC2::DHCPOptions":                 describedBy("AWS::EC2::DHCPOptions"),
	"AWS::EC2::FlowLog":                     describedBy("AWS::EC2::FlowLog"),
	"AWS::EC2::VPCDHCPOptionsAssociation":   describedBy("AWS::EC2::VPCDHCPOptionsAssociation"),
	"AWS::EC2::EIP":                         func() cloudformation.Resource { return &ec2.EIP{} },
	"AWS::EC2::Instance":                    describedBy("AWS::EC2::Instance"),
	"AWS::EC2::InternetGateway":             func() cloudformation.Resource { return &ec2.InternetGateway{} },
	"AWS::EC2::LaunchTemplate":              func() cloudformation.Resource { return &ec2.LaunchTemplate{} },
	"AWS::EC2::NatGateway":                  func() cloudformation.Resource { return &ec2.NatGateway{} },
	"AWS::EC2::NetworkAcl":                  func() cloudformation.Resource { return &ec2.NetworkAcl{} },
	"AWS::EC2::NetworkAclEntry":             func() cloudformation.Resource { return &ec2.NetworkAclEntry{} },
	"AWS::EC2::PlacementGroup":              describedBy("AWS::EC2::PlacementGroup"),
	"AWS::EC2::Route":                       func() cloudformation.Resource { return &ec2.Route{} },
	"AWS::EC2::RouteTable":                  func() cloudformation.Resource { return &ec2.RouteTable{} },
	"AWS::EC2::SecurityGroup":               func() cloudformation.Resource { return &ec2.SecurityGroup{} },
	"AWS::EC2::SecurityGroupEgress":         func() cloudformation.Resource { return &ec2.SecurityGroupEgress{} },
	"AWS::EC2::SecurityGroupIngress":        func() cloudformation.Resource { return &ec2.SecurityGroupIngress{} },
	"AWS::EC2::Subnet":                      func() cloudformation.Resource { return &ec2.Subnet{} },
	"AWS::EC2::SubnetNetworkAclAssociation": func() cloudformation.Resource { return &ec2.SubnetNetworkAclAssociation{} },
	"AWS::EC2::SubnetRouteTableAssociation": func() cloudformation.Resource { return &ec2.SubnetRouteTableAssociation{} },
	"AWS::EC2::VPC":                         func() cloudformation.Resource { return &ec2.VPC{} },
	"AWS::EC2::TransitGatewayAttachment":    describedBy("AWS::EC2::TransitGatewayAttachment"),
	"AWS::EC2::VPCCidrBlock":                func() cloudformation.Resource { return &ec2.VPCCidrBlock{} },
	"AWS::EC2::VPCEndpoint":                 describedBy("AWS::EC2::VPCEndpoint"),
	"AWS::EC2::VPCGatewayAttachment":        func() cloudformation.Resource { return &ec2.VPCGatewayAttachment{} },
	"AWS::EKS::AccessEntry":                 func() cloudformation.Resource { return &eks.AccessEntry{} },
	"AWS::EKS::Addon":                       describedBy("AWS::EKS::Addon"),
	"AWS::EKS::Capability":                  describedBy("AWS::EKS::Capability"),
	"AWS::EKS::CertificateAuthority":        describedBy("AWS::EKS::CertificateAuthority"),
	"AWS::EKS::Cluster":                     describedBy("AWS::EKS::Cluster"),
	"AWS::EKS::FargateProfile":              describedBy("AWS::EKS::FargateProfile"),
	"AWS::EKS::IdentityProviderConfig":      describedBy("AWS::EKS::IdentityProviderConfig"),
	"AWS::EKS::Nodegroup":                   describedBy("AWS::EKS::Nodegroup"),
	"AWS::EKS::PodIdentityAssociation":      describedBy("AWS::EKS::PodIdentityAssociation"),
	"AWS::Events::Rule":                     describedBy("AWS::Events::Rule"),
	"AWS::IAM::InstanceProfile":             func() cloudformation.Resource { return &iam.InstanceProfile{} },
	"AWS::IAM::OIDCProvider":                func() cloudformation.Resource { return &iam.OIDCProvider{} },
	"AWS::IAM::Role":                        func() cloudformation.Resource { return &iam.Role{} },
	"AWS::KMS::Alias":                       func() cloudformation.Resource { return &kms.Alias{} },
	"AWS::KMS::Key":                         func() cloudformation.Resource { return &kms.Key{} },
	"AWS::SQS::Queue":                       describedBy("AWS::SQS::Queue"),
	"AWS::SQS::QueuePolicy":                 describedBy("AWS::SQS::QueuePolicy"),
	"AWS::RolesAnywhere::Profile":           describedBy("AWS::RolesAnywhere::Profile"),
	"AWS::RolesAnywhere::TrustAnchor":       describedBy("AWS::RolesAnywhere::TrustAnchor"),
	"AWS::Logs::LogGroup":                   func() cloudformation.Resource { return &logs.LogGroup{} },
}
