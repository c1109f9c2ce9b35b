# What HTTP::OAI reads of a repository of OAI-PMH, a line of JSON a record.
#
#     perl http-oai-records.pl URL [ARGUMENT=VALUE...]
#
# The arguments are those of ListRecords beside the format, which is oai_dc.

use strict;
use warnings;
use HTTP::OAI;
use JSON::PP;

my $ELEMENTS = './/*[namespace-uri() = "http://purl.org/dc/elements/1.1/"]';

my ($url, @arguments) = @ARGV;
my $json = JSON::PP->new->utf8->canonical;

sub tell {
    my ($record) = @_;
    my %dc;
    if (defined $record->metadata) {
        push @{$dc{$_->localname}}, $_->textContent for $record->metadata->dom->findnodes($ELEMENTS);
    }
    my @sets = $record->header->setSpec;
    print $json->encode({
        identifier => $record->identifier,
        datestamp  => $record->datestamp,
        deleted    => $record->is_deleted ? JSON::PP::true : JSON::PP::false,
        sets       => \@sets,
        dc         => \%dc,
    }), "\n";
}

my $client = HTTP::OAI::Harvester->new(baseURL => $url);
my $answer = $client->ListRecords(
    metadataPrefix => 'oai_dc',
    onRecord       => \&tell,
    map { split /=/, $_, 2 } @arguments,
);
die $answer->code . ' ' . $answer->message . "\n" if $answer->is_error;
