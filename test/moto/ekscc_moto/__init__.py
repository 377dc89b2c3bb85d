"""Deploys what ekscc compiles into moto, a stand-in for AWS on a loopback address.

moto brings the CloudFormation engine and the APIs of the services. This
package makes both as strict as AWS where moto is lenient, and adds what moto's
CloudFormation lacks:

- engine, template, intrinsics: what CloudFormation itself refuses.
- request, resources: properties become API requests, which botocore's service
  model and then moto's service judge.
- existing: what a spec says is there beforehand.
- deploy: one environment, stack by stack, in the order of stacks.yaml.
"""
