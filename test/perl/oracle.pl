# Reads cases as a JSON array of [operator, text, input], applies each and writes a JSON array: the
# result, or null where Perl itself refuses the text.
use v5.36;
use utf8;
use feature 'unicode_strings';
use JSON::PP;
no strict;
no warnings;

local $SIG{__WARN__} = sub { };
my $json = JSON::PP->new->utf8->allow_nonref;
local $/;
my @results;
for my $case ($json->decode(scalar <STDIN>)->@*) {
    my ($operator, $text, $input) = @$case;
    utf8::upgrade($input);
    local $_ = $input;
    my $code = $operator eq 'm' ? "$text ? 'yes' : 'no'" : "$text; \$_";
    my $result = eval "no strict; use utf8; use feature 'unicode_strings'; $code";
    push @results, $@ eq '' ? "$result" : undef;
}
print JSON::PP->new->ascii->encode(\@results);
