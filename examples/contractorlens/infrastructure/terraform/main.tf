# What holds no data: the database is in a configuration of its own, which no command touches.
terraform {
  required_version = ">= 1.6"
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 5.0" }
  }
  # In the Region that survives: in the other it could not be locked when it is needed.
  backend "s3" {
    bucket = "contractorlens-terraform-state"
    key    = "main.tfstate"
    region = "us-east-1"
  }
}

locals {
  regions = { production = "us-west-2", disaster-recovery = "us-east-1" }
  # A workspace of a drill is in the Region that recovers, beside what stands there.
  region = lookup(local.regions, terraform.workspace, "us-east-1")
  prefix = contains(keys(local.regions), terraform.workspace) ? "contractorlens" : terraform.workspace
}

provider "aws" {
  region = local.region
}

data "aws_lb" "api" {
  count = local.prefix == "contractorlens" ? 1 : 0
  name  = "contractorlens-alb"
}

resource "aws_cloudwatch_metric_alarm" "api_errors" {
  count               = length(data.aws_lb.api)
  alarm_name          = "${local.prefix}-api-errors"
  namespace           = "AWS/ApplicationELB"
  metric_name         = "HTTPCode_ELB_5XX_Count"
  dimensions          = { LoadBalancer = data.aws_lb.api[0].arn_suffix }
  statistic           = "Sum"
  period              = 60
  evaluation_periods  = 3
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = 55
}
